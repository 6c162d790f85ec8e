"""A user's own defaults for the options of commands: `sayso.toml`, or `[tool.sayso]` of a project's `pyproject.toml`.

Where the file is looked for, what may stand in it, and how a command gets its values. What the options are is known by the
commands alone: they are looked up, and named nowhere here but where one is refused.
"""
