"""What can be known of a text without a database: strings in, values out."""
