"""The commands: ``cmd_<name>.py`` holds ``command``; a new file is a new command."""
