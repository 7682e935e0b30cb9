"""Spread the labels of merged cells of which a text keeps one copy only."""

from __future__ import annotations

from yiyang.core.text import fold, plain_label
from yiyang.safety.errors import refusal
from yiyang.safety.later import pd
from yiyang.safety.telling import tell


def spread_labels(frame: pd.DataFrame, extents: pd.DataFrame, place: str) -> pd.DataFrame:
    """Give each task the labels of the merged cells over it (`label_extents.csv`).

    A label is printed on one row of its block only. How far the block reaches was worked out by
    a reader; every row but the label's own is marked `is_label_inferred`, with the reason.
    Raises `InputError` where a printed label and the list of extents disagree.
    """
    frame = frame.copy()
    reasons: dict[int, list[str]] = {}
    for field in ("section", "measure"):
        printed = frame[f"{field}_printed"].copy()
        frame[[field, f"{field}_printed"]] = ""
        for row in extents[extents["field"] == field].itertuples():
            first, label_seq, last = int(row.first_seq), int(row.label_seq), int(row.last_seq)
            here = printed[frame["seq"] == label_seq]
            inside = frame["seq"].between(first, last)
            if list(map(fold, here)) != [fold(row.label_printed)] or (
                (frame.loc[inside, f"{field}_printed"] != "").any()
            ):
                raise refusal(
                    "labels.extent",
                    place,
                    printed=list(here),
                    field=field,
                    label_seq=label_seq,
                    row=row,
                    first=first,
                    last=last,
                )
            frame.loc[inside, f"{field}_printed"] = row.label_printed
            frame.loc[inside, field] = plain_label(row.label_printed)
            for seq in range(first, last + 1):
                if seq != label_seq:
                    reasons.setdefault(seq, []).append(
                        tell("parse.label_of_row", field=field, n=label_seq, reason=row.reason)
                    )
        lost = frame.loc[(printed != "") & (frame[field] == ""), "seq"].tolist()
        if lost:
            raise refusal("labels.no_extent", place, field=field, lost=lost)
    frame["is_label_inferred"] = frame["seq"].isin(list(reasons))
    frame["label_reason"] = frame["seq"].map(lambda s: "; ".join(reasons.get(s, [])))
    return frame
