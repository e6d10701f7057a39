"""`make evaluate`: how well patients are understood, measured on phrasing that did not help to train.

`families.py` says which phrases are alike, `pipelines.py` trains and reads as the assistant does, `scores.py` counts,
`comparing.py` sets one pipeline beside another, `report.py` shows it all.
"""
