"""Which tables the public reads, which pages are kept, and how an address asks for one."""
