// A pool over time: workers against demand, with its decisions as marks.
import { clock, cores, count, node } from './text.js';

/* global uPlot */
const HEIGHT = 210;
const colour = name => {
  const probe = document.body.appendChild(node('span', { style: `color: var(--${name}); display: none` }));
  const value = getComputedStyle(probe).color;
  probe.remove();
  return value;
};

export class PoolChart {
  constructor(name) {
    this.title = node('h3', {}, name);
    this.now = node('p', {});
    this.chart = node('div', { class: 'chart', tabindex: '0', role: 'group', 'aria-label': `${name}: decisions over time, arrow keys walk along them` });
    this.why = node('div', { class: 'why', 'aria-live': 'polite' });
    this.element = node('article', { class: 'pool', 'data-pool': name });
    this.element.append(this.title, this.now, this.chart, this.why);
    this.decisions = [];
    this.chosen = -1;
    this.chart.addEventListener('keydown', event => this.walk(event));
    this.resize = new ResizeObserver(() => this.plot?.setSize({ width: this.chart.clientWidth, height: HEIGHT }));
    this.resize.observe(this.chart);
  }

  /** Samples by second; decisions oldest first; until is the right edge, in seconds; ended if its deployment has. */
  draw(pool, samples, decisions, until, ended) {
    const c = pool.component;
    const s = pool.now;
    // The last sample is from before the end: it says nothing of now.
    this.now.textContent = ended ? `ended; ${count(pool.workersStarted)} worker${pool.workersStarted === 1 ? '' : 's'} ran in all`
      + (s ? `, ${count(s.done)} tasks ended` : '')
      + ` · ${c.cpus} cpu${c.cpus === 1 ? '' : 's'} each, ${cores(pool.coreHours)}` : (s ? `${s.alive} worker${s.alive === 1 ? '' : 's'}${s.starting ? ` (${s.starting} starting)` : ''}` : 'no worker yet')
      + `, ${pool.desired ?? 0} wanted, ${c.minimum} to ${c.maximum} allowed`
      + (s ? `; ${count(s.ready)} ready, ${count(s.running)} running, ${count(s.blocked)} blocked, ${count(s.done)} done` : '')
      + ` · ${c.cpus} cpu${c.cpus === 1 ? '' : 's'} each, ${cores(pool.coreHours)}`;
    const newest = this.decisions.length !== decisions.length && this.chosen < 0;
    this.decisions = decisions.map(d => ({ ...d, second: Date.parse(d.at) / 1000 }));
    this.data = this.series(samples, until);
    if (this.plot) this.plot.setData(this.data);
    else this.repaint();
    if (newest && decisions.length) this.explain(this.decisions.at(-1));
  }

  series(samples, until) {
    const moments = [...new Set([...samples.keys(), ...this.decisions.map(d => Math.floor(d.second)), Math.floor(until)])].sort((a, b) => a - b);
    const there = [], wanted = [], tasks = [];
    let last = null, desired = 0, next = 0;
    for (const moment of moments) {
      last = samples.get(moment) ?? last;
      while (next < this.decisions.length && Math.floor(this.decisions[next].second) <= moment) desired = this.decisions[next++].workersAfter;
      there.push(last ? last.alive - last.starting : 0);
      wanted.push(desired);
      tasks.push(last ? last.ready + last.running : null);
    }
    return [moments, there, wanted, tasks];
  }

  /** Builds the plot anew, in the colours of the moment. */
  repaint() {
    if (!this.data) return;
    this.plot?.destroy();
    const ink = colour('quiet'), grid = { stroke: colour('line'), width: 1 };
    const steps = uPlot.paths.stepped({ align: 1 });
    const whole = (u, values) => values.map(v => Number.isInteger(v) ? count(v) : '');
    this.plot = new uPlot({
      width: this.chart.clientWidth || 300, height: HEIGHT,
      scales: { workers: { range: (u, low, high) => [0, Math.max(1, high) * 1.15] }, tasks: { range: (u, low, high) => [0, Math.max(1, high) * 1.15] } },
      axes: [
        { stroke: ink, grid, ticks: grid, values: '{HH}:{mm}:{ss}', space: 90 },
        { scale: 'workers', stroke: ink, grid, ticks: grid, values: whole, size: 44 },
        { scale: 'tasks', side: 1, stroke: colour('tasks'), grid: { show: false }, ticks: grid, values: whole, size: 54 },
      ],
      series: [
        { value: (u, v) => v == null ? '' : clock(v * 1000) },
        { label: 'workers', scale: 'workers', stroke: colour('there'), fill: colour('there').replace('rgb', 'rgba').replace(')', ', .22)'), width: 2, paths: steps, points: { show: false } },
        { label: 'wanted', scale: 'workers', stroke: colour('wanted'), dash: [5, 4], width: 1.5, paths: steps, points: { show: false } },
        { label: 'tasks ready or running', scale: 'tasks', stroke: colour('tasks'), width: 1.5, paths: steps, points: { show: false } },
      ],
      cursor: { drag: { x: false, y: false } },
      hooks: { draw: [u => this.marks(u)], setCursor: [u => this.point(u)] },
    }, this.data, this.chart);
  }

  marks(u) {
    const { ctx, bbox } = u;
    const size = 6 * devicePixelRatio;
    ctx.save();
    ctx.strokeStyle = ctx.fillStyle = colour('mark');
    this.decisions.forEach((d, i) => {
      const x = u.valToPos(d.second, 'x', true);
      if (x < bbox.left || x > bbox.left + bbox.width) return;
      const chosen = i === this.chosen;
      const up = d.workersAfter > d.workersBefore;
      ctx.globalAlpha = chosen ? 1 : .55;
      ctx.lineWidth = (chosen ? 2 : 1) * devicePixelRatio;
      ctx.beginPath();
      ctx.moveTo(x, bbox.top + size);
      ctx.lineTo(x, bbox.top + bbox.height);
      ctx.stroke();
      ctx.globalAlpha = 1;
      ctx.beginPath();
      ctx.moveTo(x - size, up ? bbox.top + size : bbox.top);
      ctx.lineTo(x + size, up ? bbox.top + size : bbox.top);
      ctx.lineTo(x, up ? bbox.top : bbox.top + size);
      ctx.fill();
    });
    ctx.restore();
  }

  /** The mark nearest to the pointer, if one is near. */
  point(u) {
    if (u.cursor.left === undefined || u.cursor.left < 0 || u.cursor.event === undefined) return;
    let best = -1, distance = 16;
    this.decisions.forEach((d, i) => {
      const away = Math.abs(u.valToPos(d.second, 'x') - u.cursor.left);
      if (away < distance) [best, distance] = [i, away];
    });
    if (best >= 0) this.choose(best);
  }

  walk(event) {
    const last = this.decisions.length - 1;
    if (last < 0) return;
    const to = { ArrowLeft: this.chosen < 0 ? last : this.chosen - 1, ArrowRight: this.chosen < 0 ? last : this.chosen + 1, Home: 0, End: last }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    this.choose(Math.min(last, Math.max(0, to)));
  }

  choose(i) {
    if (i === this.chosen) return;
    this.chosen = i;
    this.explain(this.decisions[i]);
    this.plot.redraw(false);
  }

  explain(d) {
    this.why.replaceChildren(node('b', {}, `${clock(d.at)}  ${d.workersBefore} → ${d.workersAfter}`), ` ${d.reason} (bound by ${d.bindingConstraint.replaceAll('_', ' ')})`);
  }

  destroy() {
    this.resize.disconnect();
    this.plot?.destroy();
  }
}
