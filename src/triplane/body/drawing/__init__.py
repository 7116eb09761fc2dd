"""The figure on the page: cameras, shapes, the body's silhouette, props and whole SVG documents.

Speaks:  View, draw_pose, draw_drill.      Knows: the figure.      Never: files, and what a drill is for.
"""
