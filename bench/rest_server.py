"""The peer of the benchmark: Rasa with its own REST channel and its own store of conversations.

Runs in the engine's environment, on loopback. Must differ from `waymark_engine.serve` in nothing
but agent, store, call of the actions and channel, all four as Rasa ships them.

    python bench/rest_server.py --port PORT --model FILE
"""

import argparse
import os

from waymark_engine import lifeline
from waymark_engine.quiet import be_quiet


def main() -> None:
    """Serve `POST /webhooks/rest/webhook` until SIGTERM or the end of the lifeline."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--model", required=True)
    options = parser.parse_args()
    lifeline.hold()
    be_quiet()
    from rasa.core.agent import Agent  # type: ignore[import-not-found]  # only in the engine's
    from rasa.core.channels.rest import RestInput  # type: ignore[import-not-found]
    from rasa.core.run import configure_app  # type: ignore[import-not-found]
    from rasa.utils.endpoints import EndpointConfig  # type: ignore[import-not-found]

    # Given no store, Rasa's agent takes its InMemoryTrackerStore.
    agent = Agent(action_endpoint=EndpointConfig(f"{os.environ['WAYMARK_ACTIONS_URL']}/webhook"))
    agent.load_model(options.model)
    be_quiet()  # importing Rasa has set up some logging again
    app = configure_app([RestInput()], enable_api=False)
    app.ctx.agent = agent
    app.run(host="127.0.0.1", port=options.port, access_log=False, motd=False, debug=False)


if __name__ == "__main__":
    main()
