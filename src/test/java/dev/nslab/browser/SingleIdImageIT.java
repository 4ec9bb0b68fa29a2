package dev.nslab.browser;

/** With deploy/compose.single-id.yml: no program has any privilege. */
class SingleIdImageIT extends ImageTest {
    SingleIdImageIT() throws Exception {
        super(false, "docker-compose.yml", "deploy/compose.single-id.yml");
    }
}
