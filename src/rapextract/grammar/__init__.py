"""From YAML to checked, compiled rules."""
