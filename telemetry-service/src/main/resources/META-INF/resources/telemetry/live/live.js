// The page: asks telemetry's REST every second and draws what it answers. It decides nothing and keeps nothing but the token.
import { Api, Refused } from './api.js';
import { PoolChart } from './chart.js';
import { clock, cores, count, fill, node, span } from './text.js';

const EVERY = 1000;
const EVERY_ENDED = 10000;
const SLOWEST = 15000;
const REST = 4;
const MOST_ROWS = 200;
const MOST_WORKERS = 1000;

/** In the order in which a task goes through them, with their colours. */
const STATES = [
  ['SUCCEEDED', 'good'], ['RUNNING', 'there'], ['LEASED', 'mark'], ['QUEUED', 'tasks'], ['BLOCKED', 'waits'],
  ['FAILED', 'bad'], ['DEAD_LETTERED', 'bad'], ['CANCELLED', 'quiet'], ['SKIPPED', 'quiet'],
];

const at = id => document.getElementById(id);
const wanted = new URLSearchParams(location.hash.slice(1));
const token = wanted.get('token') ?? sessionStorage.getItem('scalable-token');
if (token) sessionStorage.setItem('scalable-token', token);
// The token leaves the address, so that it is neither shown nor bookmarked.
history.replaceState(null, '', wanted.get('deployment') ? `#deployment=${encodeURIComponent(wanted.get('deployment'))}` : '#');

const api = new Api(token);
let shown = wanted.get('deployment');
let charts = new Map();
let samples = new Map();
let since = null;
let wait = EVERY;
let timer = 0;
let openLog = null;

function show(deployment) {
  shown = deployment;
  history.replaceState(null, '', `#deployment=${encodeURIComponent(deployment)}`);
  charts.forEach(chart => chart.destroy());
  charts = new Map();
  samples = new Map();
  since = null;
  fill(at('charts'), []);
}

async function update() {
  const deployments = await api.get('');
  choose(deployments);
  if (!shown) {
    notice(deployments.length ? null : 'Nothing has been deployed yet. This page shows it as soon as something is.');
    return EVERY;
  }
  const id = shown;
  const path = `/${encodeURIComponent(id)}`;
  const [summary, pools, decisions, workers, failures, news] = await Promise.all([
    api.get(path), api.get(`${path}/pools`), api.get(`${path}/pool-decisions`), api.get(`${path}/workers?limit=${MOST_WORKERS}`),
    api.get(`${path}/failure-causes`), api.get(`${path}/samples${since ? `?since=${since}` : ''}`)]);
  if (id !== shown) return 0;
  keep(news);
  notice(trouble(summary));
  tiles(summary, pools, workers);
  progress(summary.tasks);
  drawPools(pools, decisions, summary);
  tell(decisions, summary);
  causes(failures);
  list(workers);
  if (openLog) await readLog(openLog);
  return summary.deployment.endedAt ? EVERY_ENDED : EVERY;
}

/** What keeps the deployment from going on; null if nothing does. */
function trouble(summary) {
  const said = (summary.setAside ?? []).map(s => `The ${s.service} does not process this deployment since ${clock(s.at)}: ${s.reason}. Publish it again, or undeploy it.`);
  for (const m of summary.missing ?? []) said.push(`${count(m.waiting)} ${m.waiting === 1 ? 'task waits' : 'tasks wait'} for ${m.need}, which nobody has submitted.`);
  if (summary.host?.problem) said.push(`${summary.host.problem[0].toUpperCase()}${summary.host.problem.slice(1)}.`);
  return said.length ? said.join(' ') : null;
}

/** Samples come once; the newest second may still change, so it is asked for again. */
function keep(news) {
  for (const sample of news) {
    const of = samples.get(sample.component) ?? samples.set(sample.component, new Map()).get(sample.component);
    of.set(Date.parse(sample.at) / 1000, sample);
    since = sample.at;
  }
}

function choose(deployments) {
  if (!shown && deployments.length) show(deployments[0].deploymentId);
  const select = at('deployments');
  const ids = deployments.map(d => d.deploymentId);
  if (shown && !ids.includes(shown)) ids.unshift(shown);
  if (ids.join() !== [...select.options].map(o => o.value).join()) {
    const named = new Map(deployments.map(d => [d.deploymentId, d]));
    fill(select, ids.map(id => {
      const option = node('option', {}, named.has(id) ? `${named.get(id).project} on ${named.get(id).target} · ${id}` : id);
      option.value = id;
      return option;
    }));
  }
  if (shown) select.value = shown;
}

function tiles(summary, pools, workers) {
  const d = summary.deployment;
  const tasks = Object.values(summary.tasks).reduce((a, b) => a + b, 0);
  const ended = ['SUCCEEDED', 'FAILED', 'DEAD_LETTERED', 'CANCELLED', 'SKIPPED'].reduce((n, s) => n + (summary.tasks[s] ?? 0), 0);
  const failed = (summary.tasks.FAILED ?? 0) + (summary.tasks.DEAD_LETTERED ?? 0);
  const until = d.endedAt ?? summary.now;
  const alive = workers.filter(w => w.state === 'STARTED').length;
  const starting = workers.filter(w => w.state === 'REQUESTED' || w.state === 'PENDING').length;
  const end = d.endedAt ? null : summary.predictedEnd;
  const left = end ? (Date.parse(end) - Date.parse(summary.now)) / 1000 : null;
  const chip = at('state');
  chip.textContent = d.endedAt ? 'ended' : 'living';
  chip.className = `chip ${d.endedAt ? (failed ? 'bad' : 'good') : 'living'}`;
  document.title = `${ended}/${tasks} · ${d.project} · Scalable`;
  fill(at('tiles'), [
    tile('Tasks ended', `${count(ended)} of ${count(tasks)}`, failed ? `${count(failed)} failed` : ''),
    tile(d.endedAt ? 'Took' : 'Running for', span((Date.parse(until) - Date.parse(d.createdAt)) / 1000), `since ${clock(d.createdAt)}`),
    d.endedAt ? tile('Ended', clock(d.endedAt), '')
      : tile('Predicted end', end ? clock(end) : 'unknown', left === null ? 'no estimate of the known work yet' : left > 0 ? `in about ${span(left)}` : 'any moment'),
    d.endedAt ? tile('Workers', count(pools.reduce((n, p) => n + p.workersStarted, 0)), 'ran in all')
      : tile('Workers', count(alive), starting ? `and ${count(starting)} starting` : `${count(pools.reduce((n, p) => n + p.workersStarted, 0))} started in all`),
    tile('Used so far', cores(summary.coreHours), cost(summary)),
    tile('Objective', d.objective.replaceAll('_', ' '), `policy ${d.policy}, provider ${d.provider}`),
  ]);
}

function cost(summary) {
  if (summary.spent === null) return 'this target has no price';
  const more = summary.deployment.endedAt || summary.cost === null ? '' : `, about ${money(summary.cost)} more to come`;
  return `${money(summary.spent)} ${summary.currency} so far${more}`;
}

function money(amount) {
  return amount.toFixed(amount < 1 ? 4 : 2);
}

function tile(title, value, note) {
  const detail = node('dd', {}, value);
  if (note) detail.append(node('small', {}, note));
  const div = node('div', {});
  div.append(node('dt', {}, title), detail);
  return div;
}

function progress(tasks) {
  const known = STATES.filter(([state]) => tasks[state]);
  const said = known.map(([state]) => `${count(tasks[state])} ${state.toLowerCase().replace('_', '-')}`);
  at('progress').setAttribute('aria-label', `Tasks: ${said.join(', ') || 'none'}`);
  fill(at('progress'), known.map(([state, colour]) => {
    const part = node('i', {});
    part.style.flexGrow = tasks[state];
    part.style.background = `var(--${colour})`;
    return part;
  }));
  fill(at('states'), known.map(([, colour], i) => {
    const item = node('li', {});
    const swatch = node('i', {});
    swatch.style.background = `var(--${colour})`;
    item.append(swatch, said[i]);
    return item;
  }));
}

function drawPools(pools, decisions, summary) {
  const until = Date.parse(summary.deployment.endedAt ?? summary.now) / 1000;
  for (const pool of pools) {
    const name = pool.component.component;
    if (!charts.has(name)) {
      charts.set(name, new PoolChart(name));
      at('charts').append(charts.get(name).element);
    }
    charts.get(name).draw(pool, samples.get(name) ?? new Map(), decisions.filter(d => d.component === name), until, summary.deployment.endedAt !== null && summary.deployment.endedAt !== undefined);
  }
}

function tell(decisions, summary) {
  const from = Date.parse(summary.deployment.createdAt);
  const newest = decisions.slice(-MOST_ROWS).reverse();
  rows(at('decisions'), newest, 'No pool has been changed yet.', 5, d => [
    ['when', `+${span((Date.parse(d.at) - from) / 1000)}`], ['id', d.component], ['id', `${d.workersBefore} → ${d.workersAfter}`], ['words', d.reason], ['id', d.bindingConstraint.replaceAll('_', ' ')]]);
}

function causes(failures) {
  rows(at('failures'), failures, 'None.', 6, f => [
    ['id', f.task], ['failed words', `${f.type}: ${f.message.split('\n')[0]}`], ['number', count(f.attempts)], ['number', count(f.tasks)], ['id', f.example], ['when', clock(f.newestAt)]]);
}

function list(workers) {
  const gone = w => w.state === 'REMOVED' || w.state === 'FAILED';
  const there = workers.filter(w => at('gone').checked || !gone(w) || w.state === 'FAILED');
  rows(at('workers'), there.slice(0, MOST_ROWS), 'No worker is here.', 6, w => {
    const log = node('button', { 'aria-label': `Log of ${w.workerId}` }, 'show');
    log.addEventListener('click', () => showLog(w.workerId));
    return [['id', w.workerId], [w.state === 'FAILED' ? 'failed' : '', w.state.toLowerCase()], ['id', w.place ?? ''],
      ['when', clock(w.endedAt ?? w.startedAt ?? w.requestedAt)], ['', w.reason ?? ''], ['', log]];
  });
}

/** Rows that stay the same are left alone, so that focus and selection stay where they are. */
function rows(body, items, none, columns, cells) {
  const told = JSON.stringify(items);
  if (body.dataset.told === told) return;
  const focused = document.activeElement?.getAttribute('aria-label');
  body.dataset.told = told;
  fill(body, items.length ? items.map(item => {
    const row = node('tr', {});
    for (const [kind, content] of cells(item)) {
      const cell = node('td', kind ? { class: kind } : {});
      cell.append(typeof content === 'string' ? node('span', {}, content) : content);
      row.append(cell);
    }
    return row;
  }) : [node('tr', {}, node('td', { colspan: columns, class: 'none' }, none))]);
  if (focused) body.querySelector(`[aria-label="${CSS.escape(focused)}"]`)?.focus();
}

async function showLog(worker) {
  openLog = worker;
  at('log-title').textContent = worker;
  fill(at('log-text'), [node('p', { class: 'quiet' }, 'Reading …')]);
  at('log').showModal();
  await readLog(worker).catch(failed);
}

async function readLog(worker) {
  const tails = await api.get(`/${encodeURIComponent(shown)}/workers/${encodeURIComponent(worker)}/log`);
  const told = JSON.stringify(tails);
  if (openLog !== worker || at('log-text').dataset.told === told) return;
  at('log-text').dataset.told = told;
  fill(at('log-text'), tails.length ? tails.flatMap(tail => [
    node('h3', {}, tail.title), node('pre', {}, (tail.cut ? '…\n' : '') + tail.text)])
    : [node('p', { class: 'quiet' }, 'Its tasks have printed nothing, or it lies where this page cannot read it.')]);
}

function notice(text) {
  at('notice').hidden = !text;
  at('notice').textContent = text ?? '';
}

/** Says what is wrong; the next try comes later each time. */
function failed(error) {
  if (error instanceof Refused) {
    at('ask').hidden = false;
    return null;
  }
  wait = Math.min(SLOWEST, wait * 2);
  notice(`${error.message} ${api.heard ? `What you see is from ${clock(api.heard)}.` : 'Nothing is shown yet.'} Trying again every ${span(wait / 1000)}; if the run has ended, ./scalable report tells of it.`);
  return wait;
}

async function loop() {
  clearTimeout(timer);
  try {
    const begin = performance.now();
    const next = document.hidden ? EVERY : await update();
    wait = EVERY;
    // Where answers take long, the page must not keep telemetry busy.
    timer = setTimeout(loop, Math.max(next, REST * (performance.now() - begin)));
  } catch (error) {
    const next = failed(error);
    if (next !== null) timer = setTimeout(loop, next);
  }
}

at('deployments').addEventListener('change', event => { show(event.target.value); loop(); });
at('gone').addEventListener('change', () => { at('workers').dataset.told = ''; loop(); });
at('log').addEventListener('close', () => { openLog = null; at('log-text').dataset.told = ''; });
at('ask').addEventListener('submit', event => {
  event.preventDefault();
  api.token = at('token').value.trim();
  sessionStorage.setItem('scalable-token', api.token);
  at('ask').hidden = true;
  loop();
});
document.addEventListener('visibilitychange', () => { if (!document.hidden) loop(); });
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => charts.forEach(chart => chart.repaint()));
loop();
