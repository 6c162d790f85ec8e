"""The codebook: which columns people label, with which labels, and the texts that tell one label from another.

It is read from TOML, checked, and kept in versions. Which labels the project's own models know stands in `data.scheme`.
"""
