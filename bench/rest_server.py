"""The peer of the benchmark: Rasa with its own REST channel and its own store of conversations.

Runs in the engine's environment: `python bench/rest_server.py PORT MODEL`. Must differ from
`waymark_engine.serve` in nothing but agent, store, call of the actions and channel, all Rasa's own.
"""

import os
import sys

from waymark_engine import lifeline  # type: ignore[import-not-found]  # the engine's
from waymark_engine.quiet import be_quiet  # type: ignore[import-not-found]


def main(port: int, model: str) -> None:
    """Serve `POST /webhooks/rest/webhook` until SIGTERM or the end of the lifeline."""
    lifeline.hold()
    be_quiet()
    from rasa.core.agent import Agent  # type: ignore[import-not-found]
    from rasa.core.channels.rest import RestInput  # type: ignore[import-not-found]
    from rasa.core.run import configure_app  # type: ignore[import-not-found]
    from rasa.utils.endpoints import EndpointConfig  # type: ignore[import-not-found]

    # Given no store, Rasa's agent takes its InMemoryTrackerStore.
    agent = Agent(action_endpoint=EndpointConfig(f"{os.environ['WAYMARK_ACTIONS_URL']}/webhook"))
    agent.load_model(model)
    be_quiet()  # importing Rasa has set up some logging again
    app = configure_app([RestInput()], enable_api=False)
    app.ctx.agent = agent
    app.run(host="127.0.0.1", port=port, access_log=False, motd=False, debug=False)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
