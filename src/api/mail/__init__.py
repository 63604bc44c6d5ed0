"""What comes in by mail, read without asking anybody: no network, no database, no clock."""
