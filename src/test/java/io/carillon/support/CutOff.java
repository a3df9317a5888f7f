package io.carillon.support;

import java.io.IOException;
import java.io.InputStream;

/**
 * Loads one class and those inside it anew, until it is cut off: as the application's own loader is on Payara, which deletes its files while
 * the hub still says goodbye.
 */
public final class CutOff extends ClassLoader {
    private final String name;
    private boolean cut;

    public CutOff(Class<?> type) {
        super(type.getClassLoader());
        this.name = type.getName();
    }

    /** From now on there is no class that has not been loaded. */
    public void cut() {
        cut = true;
    }

    @Override
    protected Class<?> loadClass(String wanted, boolean resolve) throws ClassNotFoundException {
        if (!wanted.equals(name) && !wanted.startsWith(name + "$")) {
            return super.loadClass(wanted, resolve);
        }
        synchronized (getClassLoadingLock(wanted)) {
            Class<?> known = findLoadedClass(wanted);
            return known == null ? define(wanted) : known;
        }
    }

    private Class<?> define(String wanted) throws ClassNotFoundException {
        if (cut) {
            throw new ClassNotFoundException(wanted + " is gone");
        }
        try (InputStream in = getParent().getResourceAsStream(wanted.replace('.', '/') + ".class")) {
            if (in == null) {
                throw new ClassNotFoundException(wanted);
            }
            byte[] code = in.readAllBytes();
            return defineClass(wanted, code, 0, code.length);
        } catch (IOException e) {
            throw new ClassNotFoundException(wanted, e);
        }
    }
}
