// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JobFilesTest {

    @TempDir
    private Path data;

    private JobFolders folders;

    @BeforeEach
    void open() throws Exception {
        folders = new JobFolders(data.resolve("jobs"));
        folders.open(1);
        Files.writeString(data.resolve("secret.txt"), "secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "..",
                "../../secret.txt",
                "..\\secret.txt",
                "/etc/passwd",
                "C:\\x",
                "a/b",
                ".hidden",
                "a\0.csv",
                "a b.csv",
                "a\"b.csv",
                "a\r\nX: y",
                "rejected.csv/",
                "%2e%2e%2fsecret.txt"
            })
    void aNameThatIsNotAPlainNameIsNoFileOfAJob(String name) {
        assertThatThrownBy(() -> new JobFile(name, "text/csv")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aLinkThatLeadsOutOfTheFolderIsNotFollowed() throws Exception {
        Files.createSymbolicLink(folders.open(1).resolve("rejected.csv"), data.resolve("secret.txt"));

        Optional<Path> found = folders.find(1, new JobFile("rejected.csv", "text/csv"));

        assertThat(found).isEmpty();
    }

    @Test
    void aFileIsFoundInItsOwnJobOnly() throws Exception {
        Files.writeString(folders.open(1).resolve("rejected.csv"), "row");

        assertThat(folders.find(1, new JobFile("rejected.csv", "text/csv"))).isPresent();
        assertThat(folders.find(2, new JobFile("rejected.csv", "text/csv"))).isEmpty();
    }

    @Test
    void foldersOfUnknownJobsGoWhenTheyAreOld() throws Exception {
        folders.open(2);
        Path upload = folders.newFile();

        folders.removeUnknown(id -> id == 2, Instant.now().plusSeconds(60));

        assertThat(folders.exists(1)).isFalse();
        assertThat(folders.exists(2)).isTrue();
        assertThat(upload).as("an upload that was cut off").doesNotExist();
        assertThat(data.resolve("secret.txt")).exists();
    }
}
