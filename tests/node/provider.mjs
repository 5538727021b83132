// A provider of OpenID Connect for tests: the certified library of panva with people, groups and one client of its own.
// `node provider.mjs [--post] [--public] REDIRECT...`; the first line says where it listens. POST /rotate changes its keys,
// POST /stop-answering lets it be silent, POST /forge/audience has its tokens be somebody else's, and POST /forge/unsigned has nobody
// sign them. Its sign-in page takes every name of PEOPLE with any password.
import { createPrivateKey, generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import http from 'node:http';
import Provider from 'oidc-provider';

const PEOPLE = {
  maria: {
    given_name: 'Μαρία', family_name: 'Παπαδοπούλου', preferred_username: 'm.papadopoulou', email: 'maria@kep.example.gr',
    email_verified: true, groups: ['kep-clerks', 'everybody'], realm_access: { roles: ['administrator'] },
  },
  nikos: {
    given_name: 'Νίκος', family_name: 'Ιωάννου', preferred_username: 'n.ioannou', email: 'nikos@kep.example.gr',
    email_verified: false, groups: ['everybody'],
  },
  // As a bridge to TAXISnet would have it.
  eleni: { given_name: 'ΕΛΕΝΗ', family_name: 'ΓΕΩΡΓΙΟΥ', taxid: '123456783   ' },
  company: { given_name: 'null', family_name: 'ΔΗΜΟΣ', taxid: 'null' },
};

const switches = process.argv.slice(2).filter((word) => word.startsWith('--'));
const redirects = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const isPublic = switches.includes('--public');
const authentication = isPublic ? 'none' : switches.includes('--post') ? 'client_secret_post' : 'client_secret_basic';

let current;
const key = () => {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  current = { ...privateKey.export({ format: 'jwk' }), kid: randomUUID(), use: 'sig', alg: 'RS256' };
  return current;
};

const packed = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');

// A token as no honest provider would make it, of one that it did make.
const forged = (token, how) => {
  const claims = JSON.parse(Buffer.from(token.split('.')[1], 'base64url'));
  if (how === 'unsigned') return `${packed({ alg: 'none' })}.${packed(claims)}.`;
  const head = `${packed({ alg: 'RS256', kid: current.kid })}.${packed({ ...claims, aud: 'another-client' })}`;
  return `${head}.${sign('RSA-SHA256', Buffer.from(head), createPrivateKey({ key: current, format: 'jwk' })).toString('base64url')}`;
};

// Puts a forged token into the answer that brings one.
const forging = (response, how) => {
  const end = response.end.bind(response);
  response.end = (body, ...more) => {
    let answer = body;
    try {
      const said = JSON.parse(body);
      if (said.id_token) answer = JSON.stringify({ ...said, id_token: forged(said.id_token, how) });
    } catch {
      // What is no answer of this kind goes out as it is.
    }
    if (answer !== body) response.setHeader('content-length', Buffer.byteLength(answer));
    return end(answer, ...more);
  };
};

const provider = (issuer) => {
  const made = new Provider(issuer, {
    clients: [{
      client_id: 'seira',
      ...(isPublic ? {} : { client_secret: 'secret-of-the-provider' }),
      redirect_uris: redirects,
      post_logout_redirect_uris: redirects.map((redirect) => new URL('/login', redirect).href),
      token_endpoint_auth_method: authentication,
    }],
    clientAuthMethods: [authentication],
    claims: {
      openid: ['sub'],
      profile: ['given_name', 'family_name', 'preferred_username'],
      email: ['email', 'email_verified'],
      groups: ['groups', 'realm_access'],
      tax: ['taxid'],
    },
    scopes: ['openid', 'profile', 'email', 'groups', 'tax'],
    jwks: { keys: [key()] },
    cookies: { keys: ['of the tests alone'] },
    pkce: { required: () => true },
    findAccount: (_, id) => PEOPLE[id] && { accountId: id, claims: async () => ({ sub: id, ...PEOPLE[id] }) },
    ttl: { AccessToken: 600, AuthorizationCode: 60, Grant: 600, IdToken: 600, Interaction: 600, Session: 600 },
  });
  made.proxy = false;
  return made.callback();
};

let [answers, isSilent, how] = [null, false, null];
const server = http.createServer((request, response) => {
  if (request.method === 'POST' && request.url === '/rotate') {
    answers = provider(issuer());
    response.end();
  } else if (request.method === 'POST' && request.url === '/stop-answering') {
    isSilent = true;
    response.end();
  } else if (request.method === 'POST' && request.url.startsWith('/forge/')) {
    how = request.url.slice('/forge/'.length);
    response.end();
  } else if (!isSilent) {
    if (how) forging(response, how);
    answers(request, response);
  }
});
const issuer = () => `http://127.0.0.1:${server.address().port}`;
server.listen(0, '127.0.0.1', () => {
  answers = provider(issuer());
  console.log(`listening on ${issuer()}`);
});
