# Third-party software

What a build of nslab contains that others wrote, and under which licence. The build makes this file from what it packs.

## Libraries in the jar

These lie unchanged in `BOOT-INF/lib`. Where several licences are given, choose one. Many of the jars carry the text of their licence,
notices, and the names of further works within them below `META-INF`; the texts of all licences named here are at
https://spdx.org/licenses/.

| library | version | licence | source |
|---|---|---|---|
<#list dependencyMap as entry>
<#assign library = entry.getKey()>
| ${library.groupId}:${library.artifactId} | ${library.version} | ${entry.getValue()?join(" or ")} | ${library.url!""} |
</#list>
