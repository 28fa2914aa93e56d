const fs = require('node:fs');
const { App, LogLevel } = require('@slack/bolt');
const { Pool } = require('pg');

const form = JSON.parse(fs.readFileSync(process.env.FORM, 'utf8'));
const caseChannel = process.env.CASE_CHANNEL;

const pool = new Pool({ connectionString: process.env.DATABASE_URL, max: 16 });

const app = new App({
  token: process.env.SLACK_BOT_TOKEN,
  appToken: process.env.SLACK_APP_TOKEN,
  socketMode: true,
  logLevel: LogLevel.WARN,
  clientOptions: { slackApiUrl: process.env.SLACK_API_URL },
});

const schema = `
  CREATE SEQUENCE IF NOT EXISTS case_number;
  CREATE TABLE IF NOT EXISTS cases (
    number BIGINT PRIMARY KEY DEFAULT nextval('case_number'),
    filed_by TEXT NOT NULL,
    filed_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    answers JSONB NOT NULL
  );
  CREATE TABLE IF NOT EXISTS events (
    id BIGSERIAL PRIMARY KEY,
    case_number BIGINT NOT NULL REFERENCES cases,
    actor TEXT NOT NULL,
    action TEXT NOT NULL,
    at TIMESTAMPTZ NOT NULL DEFAULT now()
  );`;

async function file(answers, user) {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    const { rows } = await client.query(
      'INSERT INTO cases (filed_by, answers) VALUES ($1, $2) RETURNING number',
      [user, answers],
    );
    await client.query(
      'INSERT INTO events (case_number, actor, action) VALUES ($1, $2, $3)',
      [rows[0].number, user, 'filed'],
    );
    await client.query('COMMIT');
    return `K-${new Date().getFullYear()}-${rows[0].number.padStart(4, '0')}`;
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  } finally {
    client.release();
  }
}

function answersOf(view) {
  const answers = {};
  for (const [block, actions] of Object.entries(view.state.values)) {
    const [state] = Object.values(actions);
    answers[block] = state.value ?? state.selected_option?.value ?? state.selected_date
      ?? state.selected_user ?? state.files?.map((f) => f.id) ?? null;
  }
  return answers;
}

const text = (t) => ({ type: 'plain_text', text: t });
const mrkdwn = (t) => ({ type: 'mrkdwn', text: t });
const escape = (t) => String(t ?? '–').replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

const filed = (number) => ({
  type: 'modal',
  callback_id: 'filed',
  title: text('Klacht vastgelegd'),
  close: text('Sluiten'),
  blocks: [{ type: 'section', text: mrkdwn(`De klacht is vastgelegd als *${number}*.`) }],
});

const caseMessage = (number, answers) => ({
  channel: caseChannel,
  text: `${number}: nieuwe klacht`,
  blocks: [
    { type: 'header', text: text(number) },
    {
      type: 'section',
      fields: ['offering_kind', 'offering_name', 'category', 'received_via', 'received', 'complainant_kind']
        .map((name) => mrkdwn(`*${name}*\n${escape(answers[name])}`)),
    },
    {
      type: 'actions',
      elements: [
        { type: 'button', action_id: 'acknowledge', text: text('Ontvangst bevestigen'), value: number },
        { type: 'button', action_id: 'dossier', text: text('Dossier'), value: number },
      ],
    },
  ],
});

app.command('/klacht', async ({ ack, body, client }) => {
  await ack();
  await client.views.open({ trigger_id: body.trigger_id, view: form });
});

app.view(form.callback_id, async ({ ack, body, view, client }) => {
  const answers = answersOf(view);
  const number = await file(answers, body.user.id);
  await ack({ response_action: 'update', view: filed(number) });
  const root = await client.chat.postMessage(caseMessage(number, answers));
  await client.chat.postMessage({
    channel: caseChannel,
    thread_ts: root.ts,
    text: `${number}: het verhaal`,
    blocks: [{ type: 'section', text: mrkdwn(`${escape(answers.description)}\n\n*Wens:* ${escape(answers.desired_outcome)}`) }],
  });
});

app.error(async (error) => {
  app.logger.error(error);
});

(async () => {
  await pool.query(schema);
  await app.start();
})();

process.on('SIGTERM', async () => {
  await app.stop();
  await pool.end();
});
