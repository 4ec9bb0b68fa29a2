package dev.nslab.browser;

/** With docker-compose.yml alone: two programs may write id maps. */
class IdsForEachImageIT extends ImageTest {
    IdsForEachImageIT() throws Exception {
        super(true, "docker-compose.yml");
    }
}
