// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.testkit;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the texts that a class file carries in its constant pool (JVMS 4.4): where the codes of problems stand. */
final class ClassStrings {

    private ClassStrings() {}

    static Set<String> of(InputStream classFile) {
        try (DataInputStream in = new DataInputStream(classFile)) {
            in.readLong(); // magic and version
            int count = in.readUnsignedShort();
            Map<Integer, String> texts = new HashMap<>();
            List<Integer> strings = new ArrayList<>();
            for (int i = 1; i < count; i++) {
                int tag = in.readUnsignedByte();
                switch (tag) {
                    case 1 -> texts.put(i, in.readUTF());
                    case 8 -> strings.add(in.readUnsignedShort());
                    case 7, 16, 19, 20 -> in.skipNBytes(2);
                    case 15 -> in.skipNBytes(3);
                    case 5, 6 -> {
                        in.skipNBytes(8);
                        i++; // a long or double takes two places
                    }
                    default -> in.skipNBytes(4);
                }
            }
            Set<String> found = new HashSet<>();
            strings.forEach(index -> found.add(texts.get(index)));
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
