# The app: web pages, actions and worker. The engine has an image of its own (bot/engine/Dockerfile).
FROM python:3.12-slim

ENV PYTHONUNBUFFERED=1 WAYMARK_DATA_DIR=/data WAYMARK_HOST=0.0.0.0
RUN useradd --create-home --uid 1000 waymark && install -d -o waymark /data
WORKDIR /srv/waymark

COPY requirements.lock .
RUN pip install --no-cache-dir --require-hashes -r requirements.lock

COPY pyproject.toml README.md ./
COPY app app
COPY bot bot
COPY channels channels
COPY conversation conversation
COPY desk desk
COPY directory directory
COPY language language
COPY migrations migrations
RUN pip install --no-cache-dir --no-deps --no-build-isolation -e .

USER waymark
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=20s \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/health', timeout=4)"]
CMD ["waymark", "serve", "--actions-host", "0.0.0.0"]
