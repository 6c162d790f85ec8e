"""What operating systems do differently: names, paths, special files and terminals; what files hold is no business of it."""
