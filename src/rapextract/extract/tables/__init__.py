"""Tables to rows: header trees, what cells state and measure, a figure for each that states one."""
