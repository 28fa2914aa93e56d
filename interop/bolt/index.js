const { App, LogLevel } = require('@slack/bolt');
const { WebClient } = require('@slack/web-api');

const clientOptions = { slackApiUrl: process.env.SLACK_API_URL };
const app = new App({
  token: process.env.SLACK_BOT_TOKEN,
  appToken: process.env.SLACK_APP_TOKEN,
  socketMode: true,
  logLevel: LogLevel.WARN,
  clientOptions,
});
const web = new WebClient(process.env.SLACK_BOT_TOKEN, clientOptions);
const channel = process.env.ROOM;

const plain = (text) => ({ type: 'plain_text', text });
const mrkdwn = (text) => ({ type: 'mrkdwn', text });
const section = (text) => ({ type: 'section', text: mrkdwn(text) });
const options = ['red', 'blue'].map((value) => ({ text: plain(value), value }));
const button = (action_id, value) => ({ type: 'button', action_id, value, text: plain(action_id) });
const input = (block_id, element) => ({
  type: 'input', block_id, optional: true, label: plain(block_id), element: { ...element, action_id: 'value' },
});

const modal = (callback_id, blocks, rest = {}) => ({
  type: 'modal', callback_id, title: plain(callback_id), close: plain('Close'), blocks, ...rest,
});

const form = modal('form', [
  input('answer', { type: 'plain_text_input' }),
  input('text', { type: 'plain_text_input', multiline: true, initial_value: 'typed before' }),
  input('number', { type: 'number_input', is_decimal_allowed: false }),
  input('email', { type: 'email_text_input' }),
  input('url', { type: 'url_text_input' }),
  input('date', { type: 'datepicker' }),
  input('time', { type: 'timepicker' }),
  input('pick', { type: 'static_select', options }),
  input('picks', { type: 'multi_static_select', options }),
  input('radio', { type: 'radio_buttons', options }),
  input('boxes', { type: 'checkboxes', options }),
  input('person', { type: 'users_select' }),
  input('place', { type: 'conversations_select' }),
  input('files', { type: 'file_input' }),
  { type: 'actions', block_id: 'row', elements: [button('push', 'deep'), button('change', 'x')] },
], { submit: plain('Submit'), notify_on_close: true, private_metadata: 'kept' });

const say = (text) => web.chat.postMessage({ channel, text });

app.command('/probe', async ({ ack, command, client, respond }) => {
  switch (command.text) {
    case 'form':
      await ack();
      await client.views.open({ trigger_id: command.trigger_id, view: form });
      break;
    case 'answer':
      await ack({ response_type: 'ephemeral', text: 'answered' });
      break;
    case 'respond':
      await ack();
      await respond('seen by one');
      await respond({ response_type: 'in_channel', text: 'seen by all' });
      break;
    case 'methods':
      await ack();
      await methods(client);
      break;
    case 'upload':
      await ack();
      await client.files.uploadV2({
        channel_id: channel, initial_comment: 'two files',
        file_uploads: [
          { file: Buffer.from('first'), filename: 'first.txt', title: 'First' },
          { content: 'second', filename: 'second.txt', title: 'Second' },
        ],
      });
      break;
    default:
      await ack(`unknown: ${command.text}`);
  }
});

app.view('form', async ({ ack, view }) => {
  const { values } = view.state;
  switch (values.answer.value.value) {
    case 'errors':
      await ack({ response_action: 'errors', errors: { answer: 'not this one' } });
      break;
    case 'update':
      await ack({ response_action: 'update', view: modal('updated', [section('the next page')]) });
      break;
    case 'push':
      await ack({ response_action: 'push', view: modal('pushed', [section('on top')], { submit: plain('Go') }) });
      break;
    case 'clear':
      await ack({ response_action: 'clear' });
      break;
    default:
      await ack();
      await say(`state ${JSON.stringify(Object.fromEntries(Object.keys(values).sort().map((id) => [id, simple(values[id].value)])))}`);
  }
});

function simple(state) {
  return state.value ?? state.selected_date ?? state.selected_time ?? state.selected_option?.value
    ?? state.selected_options?.map((o) => o.value) ?? state.selected_user ?? state.selected_conversation
    ?? state.files?.map((f) => f.name) ?? null;
}

app.view('pushed', ({ ack }) => ack({ response_action: 'clear' }));

app.view({ callback_id: 'form', type: 'view_closed' }, async ({ ack, view }) => {
  await ack();
  await say(`closed ${view.private_metadata}`);
});

app.action('push', async ({ ack, body, client, action }) => {
  await ack();
  await client.views.push({ trigger_id: body.trigger_id, view: modal('deep', [section(action.value)]) });
});

app.action('change', async ({ ack, body, client }) => {
  await ack();
  await client.views.update({ view_id: body.view.id, hash: body.view.hash, view: modal('changed', [section('by the app')]) });
});

app.shortcut('global_probe', async ({ ack, shortcut, client }) => {
  await ack();
  await client.views.open({ trigger_id: shortcut.trigger_id, view: modal('from_shortcut', [section('global')]) });
});

app.shortcut('message_probe', async ({ ack, shortcut, respond, client }) => {
  await ack();
  await client.views.open({ trigger_id: shortcut.trigger_id, view: modal('from_message', [section(shortcut.message.text)]) });
  await respond('about your message');
});

app.action('replace', async ({ ack, respond }) => {
  await ack();
  await respond({ replace_original: true, text: 'replaced', blocks: [section('replaced'), { type: 'actions', elements: [button('remove', 'x')] }] });
});

app.action('remove', async ({ ack, respond }) => {
  await ack();
  await respond({ delete_original: true });
});

app.action(/^pick_/, async ({ ack, action, body }) => {
  await ack();
  await say(`picked ${action.type} ${action.selected_option?.value ?? action.selected_date} in ${body.channel.id}`);
});

app.action('home_button', async ({ ack, body, client }) => {
  await ack();
  await client.views.publish({ user_id: body.user.id, view: { type: 'home', blocks: [section('pressed')] } });
});

app.event('app_home_opened', async ({ event, client }) => {
  if (event.view) return;
  await client.views.publish({
    user_id: event.user, view: { type: 'home', blocks: [section('welcome'), { type: 'actions', elements: [button('home_button', 'h')] }] },
  });
});

const expect = (what, holds) => {
  if (!holds) throw new Error(what);
};

// Every other method of the Web API that the simulator has, as the client sends it.
async function methods(client) {
  const me = await client.auth.test();
  expect('auth.test', me.user_id && me.bot_id && me.response_metadata);
  const { user } = await client.users.info({ user: process.env.PERSON, include_locale: true });
  expect('users.info', user.locale && user.profile.real_name);
  let members = 0;
  for await (const page of client.paginate('users.list', { limit: 1 })) members += page.members.length;
  expect('users.list', members >= 3);
  const info = await client.conversations.info({ channel, include_num_members: true });
  expect('conversations.info', info.channel.is_private && info.channel.num_members === 2);
  const inside = await client.conversations.members({ channel });
  expect('conversations.members', inside.members.includes(process.env.PERSON));

  const root = await client.chat.postMessage({ channel, text: 'root', metadata: { event_type: 'probe', event_payload: { key: 'k1' } } });
  const reply = await client.chat.postMessage({ channel, text: 'reply', thread_ts: root.ts });
  const edited = await client.chat.update({ channel, ts: root.ts, text: 'edited', blocks: [section('edited')] });
  expect('chat.update', edited.ts === root.ts && edited.text === 'edited');
  const link = await client.chat.getPermalink({ channel, message_ts: reply.ts });
  expect('chat.getPermalink', link.permalink.includes(channel));
  await client.chat.postEphemeral({ channel, user: process.env.PERSON, text: 'psst' });
  const thread = await client.conversations.replies({ channel, ts: root.ts });
  expect('conversations.replies', thread.messages.length === 2 && thread.messages[1].text === 'reply');
  const history = await client.conversations.history({ channel, include_all_metadata: true, limit: 5 });
  expect('conversations.history', history.messages.some((m) => m.ts === root.ts));
  await client.chat.delete({ channel, ts: reply.ts });
  const direct = await client.conversations.open({ users: process.env.PERSON });
  await client.chat.postMessage({ channel: direct.channel.id, text: 'direct' });

  const { files: [uploaded] } = await client.files.uploadV2({ channel_id: channel, content: 'x', filename: 'x.txt' });
  const [{ id }] = uploaded.files;
  const { file } = await client.files.info({ file: id });
  expect('files.info', file.name === 'x.txt');
  await client.files.delete({ file: id });

  for (const [code, call] of Object.entries({
    channel_not_found: () => client.chat.postMessage({ channel: 'C0NOWHERE', text: 'x' }),
    message_not_found: () => client.chat.update({ channel, ts: '1.000001', text: 'x' }),
    no_text: () => client.chat.postMessage({ channel }),
    invalid_blocks: () => client.chat.postMessage({ channel, text: 'x', blocks: [{ type: 'section' }] }),
    user_not_found: () => client.users.info({ user: 'U0NOBODY' }),
    missing_scope: () => client.team.info(),
  })) {
    const got = await call().then(() => 'ok', (error) => error.data?.error ?? error.code);
    expect(`${code}: got ${got}`, got === code);
  }
  await client.chat.postMessage({
    channel, text: 'choose',
    blocks: [{
      type: 'actions', elements: [
        { type: 'static_select', action_id: 'pick_colour', options },
        { type: 'datepicker', action_id: 'pick_day' }, button('replace', 'r'),
      ],
    }],
  });
}

app.error(async (error) => {
  await say(`error ${error.code} ${error.message} ${error.original?.message ?? ''}`);
});

app.start();
process.on('SIGTERM', () => app.stop());
