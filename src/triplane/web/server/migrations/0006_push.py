"""Devices that are reminded by web push; a reminder may go out several ways, each once."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("server", "0005_asked"),
    ]

    operations = [
        migrations.AddField("reminderchoice", "by_mail", models.BooleanField(default=True, db_default=True)),
        migrations.CreateModel(
            name="PushDevice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("endpoint", models.CharField(max_length=1000, unique=True)),
                ("point", models.CharField(max_length=90)),
                ("secret", models.CharField(max_length=30)),
                ("key", models.CharField(max_length=90)),
                ("name", models.CharField(max_length=60)),
                ("since", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "choice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="devices",
                        to="server.reminderchoice",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            "reminded", "way", models.CharField(max_length=32, default="mail", db_default="mail")
        ),
        migrations.RemoveConstraint("reminded", "reminded_once"),
        migrations.AddConstraint(
            "reminded",
            models.UniqueConstraint(fields=("account", "slot", "way"), name="reminded_once"),
        ),
    ]
