// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.trelliscrm.api.problem.Invalid;

class CharsetGuessTest {

    private static final String PERSIAN = "Name,City\r\nمريم احمدي,تهران\r\nرضا كريمي,اصفهان\r\n";
    private static final String PERSIAN_LETTERS = "نام,شهر\r\nپريسا چمران,گرگان\r\nژاله پوري,مشهد\r\n";
    private static final String ARABIC = "Name,City\r\nمحمد عبد الله,القاهرة\r\nفاطمة الزهراء,بغداد\r\n";
    private static final String CHINESE = "姓名,城市\r\n王小明,臺北市\r\n陳怡君,高雄市\r\n林志豪,新竹縣\r\n";
    private static final String JAPANESE = "名前,会社\r\n山田太郎,株式会社サンプル\r\nさとうはなこ,カタカナ商事\r\n";
    private static final String RUSSIAN =
            "Имя,Город\r\nИван Петров,Москва\r\nМария Сидорова,Новосибирск\r\nОльга,Казань\r\n";
    private static final String GREEK = "Όνομα,Πόλη\r\nΓιώργος Παπαδόπουλος,Αθήνα\r\nΜαρία,Θεσσαλονίκη\r\n";
    private static final String HEBREW = "שם,עיר\r\nדוד כהן,ירושלים\r\nשרה לוי,תל אביב\r\n";
    private static final String FRENCH = "Nom,Ville\r\nRenée Lefèvre,Besançon\r\nJérôme Noël,Orléans\r\n";
    private static final String GERMAN = "Name,Ort\r\nJürgen Müller,Köln\r\nBärbel Weiß,Düsseldorf\r\n";

    @TempDir
    private Path folder;

    static Stream<Arguments> files() {
        return Stream.of(
                arguments("plain", bytes("Name\r\nAnna\r\n", "US-ASCII"), "UTF-8"),
                arguments("UTF-8", bytes(PERSIAN, "UTF-8"), "UTF-8"),
                arguments("UTF-8 with mark", bytes("\ufeff" + PERSIAN, "UTF-8"), "UTF-8"),
                arguments("UTF-16 LE with mark", bytes("\ufeff" + FRENCH, "UTF-16LE"), "UTF-16LE"),
                arguments("UTF-16 BE with mark", bytes("\ufeff" + FRENCH, "UTF-16BE"), "UTF-16BE"),
                arguments("UTF-16 LE", bytes(FRENCH, "UTF-16LE"), "UTF-16LE"),
                arguments("UTF-16 BE", bytes(FRENCH, "UTF-16BE"), "UTF-16BE"),
                arguments("Chinese in UTF-16 LE", bytes(CHINESE, "UTF-16LE"), "UTF-16LE"),
                arguments("Chinese in UTF-16 BE", bytes(CHINESE, "UTF-16BE"), "UTF-16BE"),
                arguments("Persian in UTF-16 LE", bytes(PERSIAN, "UTF-16LE"), "UTF-16LE"),
                arguments("Persian", bytes(PERSIAN, "windows-1256"), "windows-1256"),
                arguments("Persian letters", bytes(PERSIAN_LETTERS, "windows-1256"), "windows-1256"),
                arguments("Arabic", bytes(ARABIC, "windows-1256"), "windows-1256"),
                arguments("Chinese", bytes(CHINESE, "Big5"), "Big5"),
                arguments("Japanese", bytes(JAPANESE, "Shift_JIS"), "Shift_JIS"),
                arguments("Russian", bytes(RUSSIAN, "windows-1251"), "windows-1251"),
                arguments("Russian of Unix", bytes(RUSSIAN, "KOI8-R"), "KOI8-R"),
                arguments("Greek", bytes(GREEK, "ISO-8859-7"), "ISO-8859-7"),
                arguments("Hebrew", bytes(HEBREW, "windows-1255"), "windows-1255"),
                arguments("French", bytes(FRENCH, "windows-1252"), "windows-1252"),
                arguments("German", bytes(GERMAN, "windows-1252"), "windows-1252"),
                arguments("one zero byte", bytes("Name,City\r\nAn\0na,Rome\r\n", "US-ASCII"), "UTF-8"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("files")
    void theCharsetOfAFileIsFound(String what, byte[] file, String expected) throws IOException {
        CharsetGuess guess = CharsetGuess.of(file(file));

        assertThat(guess.name()).isEqualTo(expected);
    }

    @Test
    void aSingleForeignLetterFarDownIsSeen() throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes("Anna,Rome\r\n".repeat(200_000).getBytes(StandardCharsets.US_ASCII));
        file.writeBytes(bytes("Jürgen,Köln\r\n", "windows-1252"));

        CharsetGuess guess = CharsetGuess.of(file(file.toByteArray()));

        assertThat(guess.name()).isEqualTo("windows-1252");
    }

    @Test
    void aCharacterThatABlockOfReadingCutsInTwoIsStillUtf8() throws IOException {
        String text = "x".repeat((1 << 16) - 1) + "é" + "y".repeat(1 << 16) + "漢";

        assertThat(CharsetGuess.of(file(bytes(text, "UTF-8"))).name()).isEqualTo("UTF-8");
    }

    @Test
    void aFileThatEndsWithinACharacterIsNotUtf8() throws IOException {
        byte[] cut = {'N', '\n', (byte) 0xE6, (byte) 0xBC};

        assertThat(CharsetGuess.of(file(cut)).name()).isNotEqualTo("UTF-8");
    }

    @Test
    void oneShortNameIsEnoughToTellPersian() throws IOException {
        byte[] file = bytes("Name\r\nمريم\r\n", "windows-1256");

        assertThat(CharsetGuess.of(file(file)).name()).isEqualTo("windows-1256");
    }

    @Test
    void aNameThatIsNoCharsetIsTold() {
        assertThatThrownBy(() -> CharsetGuess.named("klingon"))
                .isInstanceOfSatisfying(
                        Invalid.class, problem -> assertThat(problem.code()).isEqualTo("csv.unknownCharset"));
        assertThatThrownBy(() -> CharsetGuess.named("no such; thing")).isInstanceOf(Invalid.class);
    }

    @Test
    void windowsSignsAreReadUnderTheNameOfTheStandard() {
        CharsetGuess latin = CharsetGuess.named("iso-8859-1");

        assertThat(latin.name()).isEqualTo("ISO-8859-1");
        assertThat(new String(new byte[] {(byte) 0x80}, latin.charset())).isEqualTo("€");
    }

    private Path file(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("file.csv"), bytes);
    }

    private static byte[] bytes(String text, String charset) {
        return text.getBytes(Charset.forName(charset));
    }
}
