// PostgreSQL with pgvector in this process, on a free port of this machine only.
// Prints "port N" when it is ready; ends when its input ends, so that it never outlives the tests.
import { PGlite } from '@electric-sql/pglite';
import { vector } from '@electric-sql/pglite-pgvector';
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';

const db = await PGlite.create({ extensions: { vector } });
// One session serves all connections, so tests use one at a time. A new one may come while the last
// one is still closing, and begins without its statements.
const server = new PGLiteSocketServer({ db, host: '127.0.0.1', port: 0, maxConnections: 8 });
server.addEventListener('connection', () => db.exec('DISCARD ALL'));
await server.start();
console.log(`port ${server.getServerConn().split(':').pop()}`);

process.stdin.on('end', () => process.exit(0));
process.stdin.resume();
