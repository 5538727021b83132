// A provider of OpenID Connect for tests: the certified library of panva with people, groups and one client of its own.
// `node provider.mjs [--post] [--public] REDIRECT...`; the first line says where it listens. POST /rotate changes its keys,
// POST /stop-answering lets it be silent. Its sign-in page takes every name of PEOPLE with any password.
import { generateKeyPairSync, randomUUID } from 'node:crypto';
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

const key = () => {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return { ...privateKey.export({ format: 'jwk' }), kid: randomUUID(), use: 'sig', alg: 'RS256' };
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

let [answers, isSilent] = [null, false];
const server = http.createServer((request, response) => {
  if (request.method === 'POST' && request.url === '/rotate') {
    answers = provider(issuer());
    response.end();
  } else if (request.method === 'POST' && request.url === '/stop-answering') {
    isSilent = true;
    response.end();
  } else if (!isSilent) {
    answers(request, response);
  }
});
const issuer = () => `http://127.0.0.1:${server.address().port}`;
server.listen(0, '127.0.0.1', () => {
  answers = provider(issuer());
  console.log(`listening on ${issuer()}`);
});
