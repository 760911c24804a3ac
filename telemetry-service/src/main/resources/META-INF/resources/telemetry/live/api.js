// Telemetry's REST.

/** The token is missing or wrong. */
export class Refused extends Error {}

export class Api {
  constructor(token) {
    this.token = token;
    this.heard = null;
  }

  /** What is under /telemetry/deployments. Throws Refused without the right token, Error if nobody answers. */
  async get(path) {
    let answer;
    try {
      answer = await fetch(`../deployments${path}`, { headers: this.token ? { Authorization: `Bearer ${this.token}` } : {}, cache: 'no-store' });
    } catch {
      throw new Error('Telemetry does not answer.');
    }
    if (answer.status === 401) throw new Refused();
    if (answer.status === 404) throw new Error('Telemetry knows no such deployment (yet).');
    if (!answer.ok) throw new Error(await reason(answer));
    this.heard = new Date().toISOString();
    return answer.json();
  }
}

/** What the problem document says, or the status alone. */
async function reason(answer) {
  const detail = await answer.json().then(problem => problem.detail, () => null);
  return `Telemetry answers ${answer.status}${detail ? `: ${detail}` : ''}.`;
}
