"""The commands: every public function here is one, and its docstring its help.

Each imports what it needs when it runs, so that help is quick.
"""
