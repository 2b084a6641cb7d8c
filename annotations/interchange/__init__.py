"""Our records in other people's formats."""
