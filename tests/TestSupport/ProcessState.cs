namespace Nvdimm.Extensions.TestSupport;

/// <summary>What has become of a process that a test has started through others.</summary>
internal static class ProcessState
{
    /// <summary>Whether it runs. One that nobody has waited for yet is dead (<c>proc(5)</c>, the state in <c>/proc/PID/stat</c>).</summary>
    public static bool IsAlive(string pid)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{pid}/stat");
            return stat[stat.LastIndexOf(')') + 2] is not ('Z' or 'X');
        }
        catch (IOException)
        {
            return false;
        }
    }
}
