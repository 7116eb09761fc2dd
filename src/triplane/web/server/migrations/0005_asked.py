"""How much a token asked in the minute it asked last."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("server", "0004_apitoken"),
    ]

    operations = [
        migrations.AddField("apitoken", "minute", models.BigIntegerField(db_default=0, default=0)),
        migrations.AddField("apitoken", "asked", models.PositiveIntegerField(db_default=0, default=0)),
    ]
