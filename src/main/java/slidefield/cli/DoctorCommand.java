package slidefield.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;

/** Looks at everything the library needs and says what is there and what to install. */
@Command(
        name = "doctor",
        description = "Check Java, OpenSlide, the arrays' backend, processor, memory and notebook kernel.")
final class DoctorCommand extends Subcommand {
    @Override
    protected int run(Report report) {
        List<Check> checks = new ArrayList<>();
        checks.addAll(MachineChecks.all());
        checks.addAll(LibraryChecks.all());
        checks.addAll(NotebookChecks.all());
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Check check : checks) {
            String status = check.status().name().toLowerCase(Locale.ROOT);
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("name", check.name());
            row.put("status", status);
            row.put("found", check.found());
            row.put("advice", check.advice());
            rows.add(row);
            if (!report.json()) {
                report.say(String.format(Locale.ROOT, "%-8s%-18s%s", status, check.name(), check.found()));
                if (!check.advice().isEmpty()) {
                    report.say(" ".repeat(26) + "-> " + check.advice());
                }
            }
        }
        long missing = checks.stream()
                .filter(check -> check.status() == Check.Status.MISSING)
                .count();
        report.put("checks", rows, null);
        report.put("ok", missing == 0, null);
        if (!report.json()) {
            report.say(missing == 0 ? "everything needed is there" : missing + " missing; see the arrows above");
        }
        return missing == 0 ? 0 : 1;
    }
}
