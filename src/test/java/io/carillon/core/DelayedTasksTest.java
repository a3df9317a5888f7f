package io.carillon.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.support.CutOff;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DelayedTasksTest {
    private final DelayedTasks tasks = new DelayedTasks();
    private final List<Integer> done = new ArrayList<>();

    private void add(int from, int to) {
        for (int i = from; i < to; i++) {
            int number = i;
            tasks.add(number, () -> done.add(number));
        }
    }

    @Test
    void whatIsDueIsDoneInOrder() {
        add(5, 10);
        add(0, 5);
        tasks.run(6);
        assertThat(done).containsExactly(0, 1, 2, 3, 4, 5, 6);
    }

    @Test
    void aFailureStopsNobody() {
        tasks.add(0, () -> {
            throw new IllegalStateException("wanted by this test");
        });
        add(1, 2);
        tasks.run(1);
        assertThat(done).containsExactly(1);
    }

    @Test
    void thousandsAreSpreadOverSomeBeatsAndNoneIsLost() {
        add(0, 10_000);
        tasks.run(10_000);
        assertThat(done).hasSize(2_500);
        for (int beat = 0; beat < 15; beat++) {
            tasks.run(10_000);
        }
        assertThat(done).hasSize(10_000).isSorted();
    }

    @Test
    void atTheEndAllAreDone() {
        add(0, 3_000);
        tasks.runAll();
        assertThat(done).hasSize(3_000);
    }

    @Test
    void aFirstTaskNeedsNoClassThatIsNotLoadedYet() throws Exception {
        CutOff loader = new CutOff(DelayedTasks.class);
        Class<?> type = loader.loadClass(DelayedTasks.class.getName());
        Constructor<?> constructor = type.getDeclaredConstructor();
        constructor.setAccessible(true);
        Object late = constructor.newInstance();
        loader.cut(); // before anybody looks at its methods, which would load what these are made of

        Method add = type.getDeclaredMethod("add", long.class, Runnable.class);
        add.setAccessible(true);
        Method runAll = type.getDeclaredMethod("runAll");
        runAll.setAccessible(true);
        List<String> done = new ArrayList<>();

        add.invoke(late, 0L, (Runnable) () -> done.add("one"));
        runAll.invoke(late);
        assertThat(done).containsExactly("one");
    }
}
