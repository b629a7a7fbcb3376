# The image runs what ./dev makes: each step below is one that ./dev and the tests run on any machine.

ARG NODE_IMAGE=node:24.11.0-bookworm-slim
ARG PYTHON_IMAGE=python:3.11.14-slim-bookworm

# 1. The web application
FROM ${NODE_IMAGE} AS web
WORKDIR /source/web
COPY web/package.json web/package-lock.json web/.npmrc ./
RUN npm ci --no-audit --no-fund --loglevel=error
COPY web/ ./
RUN npm run build

# 2. Duban and its runtime packages, in a folder of their own
FROM ${PYTHON_IMAGE} AS build
WORKDIR /source
COPY dev pyproject.toml requirements.lock requirements-dev.lock README.md LICENSE NOTICE ./
COPY engine/ engine/
COPY workflows/ workflows/
COPY api/ api/
COPY bpmn/ bpmn/
COPY --from=web /source/web/dist/ web/dist/
RUN ./dev install /opt/duban

# 3. What runs: the same Python, that folder, a user without rights
FROM ${PYTHON_IMAGE} AS runtime
# Pango and Chinese fonts draw the papers.
RUN apt-get update \
 && apt-get install --yes --no-install-recommends \
    libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fontconfig fonts-noto-cjk \
 && rm -rf /var/lib/apt/lists/*
RUN python -m pip uninstall --yes --quiet --root-user-action=ignore pip setuptools wheel \
 && useradd --system --uid 10001 --home-dir /var/lib/duban --create-home --shell /usr/sbin/nologin duban
COPY --from=build /opt/duban/ /opt/duban/
ENV DUBAN_HOME=/var/lib/duban \
    PATH=/opt/duban/bin:/usr/local/bin:/usr/bin:/bin \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1
USER 10001
WORKDIR /var/lib/duban
VOLUME /var/lib/duban
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=3 \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/health/ready', timeout=4)"]
ENTRYPOINT ["duban"]
CMD ["serve", "--host", "0.0.0.0", "--port", "8000"]
