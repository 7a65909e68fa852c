"""One clear line for what a person can mend; exit code 1, nothing left running."""

from app.chat import NoAnswer
from app.database import BadDatabase
from app.directory_commands import ImportRefused
from app.engine_process import EngineProblem
from app.held_back import BadHeldBack
from app.processes import NotReady
from app.serve import PortInUse
from app.settings import BadSetting
from conversation.edited_texts import TextRefused
from conversation.ports import EngineUnavailable
from conversation.vault import BadKey
from desk.accounts import BadAccount

MENDABLE = (
    NoAnswer,
    ImportRefused,
    BadAccount,
    BadDatabase,
    BadHeldBack,
    BadKey,
    BadSetting,
    EngineProblem,
    EngineUnavailable,
    NotReady,
    PortInUse,
    TextRefused,
)
