"""How exercises are practised: scripts that say what is asked, done and remembered. Both front ends drive them."""
