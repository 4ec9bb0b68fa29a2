package dev.nslab.browser;

/** As docker-compose.yml has it: two programs may write id maps. */
class IdsForEachImageIT extends ImageTest {
    IdsForEachImageIT() throws Exception {
        super(true, "docker-compose.yml");
    }
}
