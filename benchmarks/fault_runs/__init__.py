"""What faults.py is made of: commands to disturb, runs in processes of their own, and the ways to disturb them."""
