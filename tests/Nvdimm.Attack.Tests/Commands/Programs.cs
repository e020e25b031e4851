namespace Nvdimm.Attack.Tests.Commands;

/// <summary>The native programs under attack, from the folder that <c>build/attack.sh</c> names.</summary>
internal static class Programs
{
    /// <summary>The hooks' program.</summary>
    public static string Hook => Require("nvdimm-hook");

    /// <summary>The tool.</summary>
    public static string Tool => Require("nvdimm");

    private static string Require(string name)
    {
        var folder = Environment.GetEnvironmentVariable("NVDIMM_ATTACK_BINARIES");
        Assert.That(folder, Is.Not.Null, "build/attack.sh sets NVDIMM_ATTACK_BINARIES");
        var program = Path.Combine(folder!, name);
        Assert.That(program, Does.Exist, "build/attack.sh builds it");
        return program;
    }
}
