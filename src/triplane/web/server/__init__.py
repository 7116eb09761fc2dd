"""A server of many runners: accounts around the same pages, PostgreSQL under them, several processes."""
