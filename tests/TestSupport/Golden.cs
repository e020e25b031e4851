namespace Nvdimm.Extensions.TestSupport;

/// <summary>Reviewed expected output. Rewritten only under NVDIMM_UPDATE_GOLDEN=1, and then the test still fails.</summary>
internal static class Golden
{
    public static void AssertMatches(string path, string actual)
    {
        if (Environment.GetEnvironmentVariable("NVDIMM_UPDATE_GOLDEN") == "1")
        {
            File.WriteAllText(path, actual);
            Assert.Fail($"Rewrote {path}; review it and run without NVDIMM_UPDATE_GOLDEN");
        }

        Assert.That(path, Does.Exist, "No golden; run with NVDIMM_UPDATE_GOLDEN=1 and review it");
        Assert.That(actual, Is.EqualTo(File.ReadAllText(path)), path);
    }
}
