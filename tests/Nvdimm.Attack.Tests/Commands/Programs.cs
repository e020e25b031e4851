namespace Nvdimm.Attack.Tests.Commands;

/// <summary>The native programs that <c>build/attack.sh</c> has built.</summary>
internal static class Programs
{
    /// <summary>The hooks' program.</summary>
    public static string Hook => Require("artifacts/hook/nvdimm-hook");

    /// <summary>The tool.</summary>
    public static string Tool => Require("artifacts/attack/Nvdimm.Cli");

    private static string Require(string path)
    {
        var program = Path.Combine(TestFiles.RepositoryRoot, path);
        Assert.That(program, Does.Exist, "build/attack.sh builds it");
        return program;
    }
}
