// mongo-java-server for tests: in memory, on loopback, on a port that it prints. It ends with the end of stdin, so also where its
// parent is killed. With the argument "oplog" it keeps one, without which it has no change streams.
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.MongoVersion;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import java.util.List;

public class Main {
    // The backend announces wire version 8 by itself, which drivers of today refuse; it speaks what Agenda needs of 13.
    private static final MongoVersion VERSION = new MongoVersion() {
        @Override
        public List<Integer> getVersionArray() {
            return List.of(5, 0, 0);
        }

        @Override
        public int getWireVersion() {
            return 13;
        }
    };

    public static void main(String[] arguments) throws Exception {
        MongoServer server = new MongoServer(new MemoryBackend().version(VERSION));
        if (List.of(arguments).contains("oplog")) {
            server.enableOplog();
        }
        server.bind("127.0.0.1", 0);
        System.out.println(server.getLocalAddress().getPort());
        System.out.flush();
        while (System.in.read() != -1) {
            // whatever is written here means nothing
        }
        server.shutdownNow();
        System.exit(0);
    }
}
