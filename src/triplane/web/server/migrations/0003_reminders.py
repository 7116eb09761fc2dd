"""What somebody chose about reminders, and that one went out."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import triplane.web.server.models


class Migration(migrations.Migration):
    dependencies = [
        ("server", "0002_sharing"),
    ]

    operations = [
        migrations.CreateModel(
            name="ReminderChoice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("ahead_min", models.PositiveSmallIntegerField()),
                ("most_a_day", models.PositiveSmallIntegerField()),
                ("language", models.CharField(max_length=16)),
                (
                    "secret",
                    models.CharField(
                        default=triplane.web.server.models.new_secret, max_length=64, unique=True
                    ),
                ),
                ("planned_at", models.DateTimeField(null=True)),
                (
                    "account",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reminders",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Reminded",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slot", models.CharField(max_length=64)),
                ("day", models.DateField()),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("account", "slot"), name="reminded_once")],
            },
        ),
    ]
