using Nvdimm.DevEngine.Storage;

namespace Nvdimm.DevEngine.Auth;

/// <summary>
/// Determines the users: with passwords from the environment; otherwise the administrator's password is in the database, which generates it
/// once.
/// </summary>
internal static class KnownUsers
{
    /// <summary>The users and their passwords.</summary>
    /// <param name="session">The database.</param>
    /// <param name="options">The engine's options.</param>
    /// <param name="time">The clock, for the pauses after wrong passwords.</param>
    /// <param name="announce">Takes the place of the administrator's password; the password itself if it was just generated.</param>
    public static Passwords Read(EngineSession session, DevEngineOptions options, TimeProvider time, Action<string> announce)
    {
        var passwords = new Passwords(time);
        if (options.Password is { } given)
        {
            passwords.Add(EngineUser.Admin, given);
            announce($"the value of {CommandLine.PasswordVariable}");
        }
        else
        {
            passwords.Add(EngineUser.Admin, Stored(session, announce));
        }

        if (options.ReaderPassword is { } reader)
        {
            passwords.Add(EngineUser.Reader, reader);
        }

        return passwords;
    }

    private static StoredPassword Stored(EngineSession session, Action<string> announce)
    {
        var user = EngineUser.Admin.Name;
        if (session.Find<StoredPassword>("SELECT * FROM passwords WHERE user = @user", new { user }) is { } existing)
        {
            announce($"as printed at the first start with this database; set {CommandLine.PasswordVariable} to choose another");
            return existing;
        }

        var (password, stored) = StoredPassword.Generate(user);
        session.Execute("INSERT INTO passwords (user, salt, hash, iterations) VALUES (@User, @Salt, @Hash, @Iterations)", stored);
        announce($"{password}  (made now and printed only once; set {CommandLine.PasswordVariable} to choose another)");
        return stored;
    }
}
