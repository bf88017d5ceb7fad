"""The post: letters out, each at its time and pace, tried again, given up, and what came of it kept."""

from bot.post.habits import Habits, Hours
from bot.post.office import Post
from bot.post.rounds import decide_retry

__all__ = ["Habits", "Hours", "Post", "decide_retry"]
