"""``triplane reminders``: send what a server's runners asked to be reminded of."""

from triplane.cli.shell import Shell, say, show_json, triplane_command


@triplane_command("triplane reminders")
def command(shell: Shell, as_json: bool) -> None:
    """Send the reminders that are due now to runners of a server who asked for them, each once.

    For a timer that starts it every five minutes; several at once do no harm. It is told the same as
    serve --settings server, by its environment.
    """
    from triplane.web import send_reminders

    done = send_reminders()
    if as_json:
        show_json({"sent": done.sent, "refused": done.refused, "left_out": done.left_out})
        return
    say(f"{done.sent} reminders went out.")
    if done.refused:
        say(f"{done.refused} were refused by the mail server and are not tried again.")
    if done.left_out:
        say(f"What {done.left_out} runners are due could not be worked out; it is tried again the next time.")
