"""Form while it happens: the 33 points of a camera's pose model into repetitions, holds, faults and cues.

``rules`` is what a drill's file says, ``learning`` what follows from its poses, ``watch`` what judges frame by frame.
"""
