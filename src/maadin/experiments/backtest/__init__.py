"""The model against what really happened: events, predictions made from the year before, and what the trade table shows afterwards."""

from maadin.experiments.backtest.event import Event, events, find
from maadin.experiments.backtest.model import Model
from maadin.experiments.backtest.record import Record, keep_record
from maadin.experiments.backtest.run import Backtest, backtest

__all__ = ["Backtest", "Event", "Model", "Record", "backtest", "events", "find", "keep_record"]
