import java.io.FileInputStream;
import java.util.List;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/** Asks veraPDF of each file whether it is PDF/UA-1 and PDF/A-3a, and prints a line for each: file, profile, faults. */
public class VeraPdf {
    public static void main(String[] files) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        for (String file : files)
            for (String profile : List.of("ua1", "3a"))
                System.out.println(file + "\t" + profile + "\t" + faults(file, PDFAFlavour.byFlavourId(profile)));
    }

    private static String faults(String file, PDFAFlavour flavour) throws Exception {
        try (FileInputStream stream = new FileInputStream(file);
                PDFAParser parser = Foundries.defaultInstance().createParser(stream, flavour);
                PDFAValidator validator = Foundries.defaultInstance().createValidator(flavour, false)) {
            ValidationResult result = validator.validate(parser);
            StringBuilder said = new StringBuilder();
            for (TestAssertion fault : result.getTestAssertions())
                said.append(fault.getRuleId().getClause() + "-" + fault.getRuleId().getTestNumber() + "; ");
            return result.isCompliant() ? "" : "refused: " + said;
        }
    }
}
