using Nvdimm.DevEngine.Storage;

namespace Nvdimm.DevEngine.Auth;

/// <summary>Who may come in: passwords from the environment, otherwise the administrator's from the database, where it is made once.</summary>
internal static class KnownUsers
{
    /// <summary>The users and their passwords.</summary>
    /// <param name="session">The database.</param>
    /// <param name="options">How the engine runs.</param>
    /// <param name="time">The clock, for the pauses after wrong passwords.</param>
    /// <param name="announce">Told once where the administrator's password is, and the password itself if it was made now.</param>
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
        if (session.Find<StoredPassword>("SELECT * FROM passwords WHERE user = @user", new { user }) is { } known)
        {
            announce($"as printed at the first start with this database; set {CommandLine.PasswordVariable} to choose another");
            return known;
        }

        var (password, stored) = StoredPassword.Generate(user);
        session.Execute("INSERT INTO passwords (user, salt, hash, iterations) VALUES (@User, @Salt, @Hash, @Iterations)", stored);
        announce($"{password}  (made now and printed only once; set {CommandLine.PasswordVariable} to choose another)");
        return stored;
    }
}
